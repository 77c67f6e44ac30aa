// Users, their identifiers and factors.
import { image } from './images.mjs';
import { renamed } from './names.mjs';

export const accountCalls = ({ users, emailAddresses, phoneNumbers }) => ({
  'users.create': ['users.createUser', a => users.createUser(a)],
  'users.list': ['users.getUserList', a => users.getUserList(a)],
  'users.count': ['users.getCount', async a => ({ object: 'total_count', total_count: await users.getCount(a) })],
  'users.get': ['users.getUser', a => users.getUser(a.userId)],
  // The SDK spells these ids alone with two capitals.
  'users.update': [
    'users.updateUser',
    ({ userId, ...a }) => users.updateUser(userId, renamed(a, name => name.replace(/^(primary.*|profileImage)Id$/, '$1ID'))),
  ],
  'users.delete': ['users.deleteUser', a => users.deleteUser(a.userId)],
  'users.merge_metadata': ['users.updateUserMetadata', ({ userId, ...a }) => users.updateUserMetadata(userId, a)],
  'users.replace_metadata': ['users.replaceUserMetadata', ({ userId, ...a }) => users.replaceUserMetadata(userId, a)],
  'users.ban': ['users.banUser', a => users.banUser(a.userId)],
  'users.unban': ['users.unbanUser', a => users.unbanUser(a.userId)],
  'users.lock': ['users.lockUser', a => users.lockUser(a.userId)],
  'users.unlock': ['users.unlockUser', a => users.unlockUser(a.userId)],
  'users.memberships': ['users.getOrganizationMembershipList', a => users.getOrganizationMembershipList(a)],
  'users.invitations': ['users.getOrganizationInvitationList', a => users.getOrganizationInvitationList(a)],
  'users.set_image': ['users.updateUserProfileImage', a => users.updateUserProfileImage(a.userId, { file: image(a.file) })],
  'users.delete_image': ['users.deleteUserProfileImage', a => users.deleteUserProfileImage(a.userId)],
  'users.remove_password': ['users.removePassword', ({ userId, ...a }) => users.removePassword(userId, a)],
  'users.set_compromised': ['users.setPasswordCompromised', ({ userId, ...a }) => users.setPasswordCompromised(userId, a)],
  'users.unset_compromised': ['users.unsetPasswordCompromised', a => users.unsetPasswordCompromised(a.userId)],
  'users.verify_password': ['users.verifyPassword', a => users.verifyPassword(a)],
  'users.verify_totp': ['users.verifyTOTP', a => users.verifyTOTP(a)],
  'users.oauth_tokens': ['users.getUserOauthAccessToken', a => users.getUserOauthAccessToken(a.userId, a.provider)],
  'users.delete_mfa': ['users.disableUserMFA', a => users.disableUserMFA(a.userId)],
  'users.delete_totp': ['users.deleteUserTOTP', a => users.deleteUserTOTP(a.userId)],
  'users.delete_backup_codes': ['users.deleteUserBackupCodes', a => users.deleteUserBackupCodes(a.userId)],
  'users.delete_passkey': [
    'users.deleteUserPasskey',
    a => users.deleteUserPasskey({ userId: a.userId, passkeyIdentificationId: a.passkeyIdentificationId }),
  ],
  'users.delete_wallet': [
    'users.deleteUserWeb3Wallet',
    a => users.deleteUserWeb3Wallet({ userId: a.userId, web3WalletIdentificationId: a.web3WalletIdentificationId }),
  ],
  'users.delete_external_account': ['users.deleteUserExternalAccount', a => users.deleteUserExternalAccount(a)],
  'users.replace_email_address': [
    'users.replaceUserEmailAddress',
    ({ userId, ...a }) => users.replaceUserEmailAddress(userId, a),
  ],
  'users.replace_phone_number': [
    'users.replaceUserPhoneNumber',
    ({ userId, ...a }) => users.replaceUserPhoneNumber(userId, a),
  ],

  'email_addresses.create': ['emailAddresses.createEmailAddress', a => emailAddresses.createEmailAddress(a)],
  'email_addresses.get': ['emailAddresses.getEmailAddress', a => emailAddresses.getEmailAddress(a.emailAddressId)],
  'email_addresses.update': [
    'emailAddresses.updateEmailAddress',
    ({ emailAddressId, ...a }) => emailAddresses.updateEmailAddress(emailAddressId, a),
  ],
  'email_addresses.delete': ['emailAddresses.deleteEmailAddress', a => emailAddresses.deleteEmailAddress(a.emailAddressId)],

  'phone_numbers.create': ['phoneNumbers.createPhoneNumber', a => phoneNumbers.createPhoneNumber(a)],
  'phone_numbers.get': ['phoneNumbers.getPhoneNumber', a => phoneNumbers.getPhoneNumber(a.phoneNumberId)],
  'phone_numbers.update': [
    'phoneNumbers.updatePhoneNumber',
    ({ phoneNumberId, ...a }) => phoneNumbers.updatePhoneNumber(phoneNumberId, a),
  ],
  'phone_numbers.delete': ['phoneNumbers.deletePhoneNumber', a => phoneNumbers.deletePhoneNumber(a.phoneNumberId)],
});
