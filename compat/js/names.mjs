// The SDK's names of members and the wire's.
export const camel = name => name.replace(/_([a-z0-9])/g, (_, c) => c.toUpperCase());
export const snake = name => name.replace(/[A-Z]/g, c => `_${c.toLowerCase()}`);

// renamed changes the names of an object's members, at the top level only.
export const renamed = (object, rename) => Object.fromEntries(Object.entries(object).map(([k, v]) => [rename(k), v]));
