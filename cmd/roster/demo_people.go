package main

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"

	"github.com/rosterhq/roster"
)

// name is a name as its owner writes it and as an address spells it.
type name struct{ written, latin string }

// culture is a stock of names that go together.
type culture struct {
	locale string
	first  []name
	last   []name
}

// cultures cover what sorting, folding and partial match get wrong first: accents,
// several scripts, letters without case, right-to-left text, no spaces.
var cultures = []culture{
	{"en-US",
		[]name{{"Ada", "ada"}, {"Grace", "grace"}, {"Marcus", "marcus"}, {"Priya", "priya"}, {"Owen", "owen"}, {"Naomi", "naomi"}, {"Caleb", "caleb"}},
		[]name{{"Whitfield", "whitfield"}, {"O'Brien", "obrien"}, {"Smith-Jones", "smithjones"}, {"McAllister", "mcallister"}, {"Okafor", "okafor"}}},
	{"de-DE",
		[]name{{"Jürgen", "juergen"}, {"Käthe", "kaethe"}, {"Lukas", "lukas"}, {"Annelie", "annelie"}, {"Sören", "soeren"}},
		[]name{{"Weiß", "weiss"}, {"Müller", "mueller"}, {"Größer", "groesser"}, {"von Ahn", "vonahn"}}},
	{"es-ES",
		[]name{{"José", "jose"}, {"Íñigo", "inigo"}, {"Begoña", "begona"}, {"Ángela", "angela"}, {"Rocío", "rocio"}},
		[]name{{"Núñez", "nunez"}, {"García Márquez", "garciamarquez"}, {"Ibáñez", "ibanez"}, {"Peña", "pena"}}},
	{"pl-PL",
		[]name{{"Łucja", "lucja"}, {"Stanisław", "stanislaw"}, {"Żaneta", "zaneta"}, {"Wojciech", "wojciech"}},
		[]name{{"Wiśniewska", "wisniewska"}, {"Źrebiec", "zrebiec"}, {"Dąbrowski", "dabrowski"}}},
	{"vi-VN",
		[]name{{"Nguyên", "nguyen"}, {"Đức", "duc"}, {"Hiền", "hien"}, {"Thảo", "thao"}},
		[]name{{"Trần", "tran"}, {"Lê", "le"}, {"Phạm", "pham"}}},
	{"el-GR",
		[]name{{"Γιώργος", "giorgos"}, {"Ελένη", "eleni"}, {"Ανδρέας", "andreas"}},
		[]name{{"Παπαδόπουλος", "papadopoulos"}, {"Οικονόμου", "oikonomou"}}},
	{"uk-UA",
		[]name{{"Олена", "olena"}, {"Тарас", "taras"}, {"Їжакевич", "yizhakevych"}, {"Соломія", "solomiia"}},
		[]name{{"Шевченко", "shevchenko"}, {"Ґалаґан", "galagan"}, {"Коваль", "koval"}}},
	{"ar-EG",
		[]name{{"ليلى", "layla"}, {"يوسف", "yousef"}, {"مريم", "maryam"}},
		[]name{{"الحسيني", "elhusseini"}, {"منصور", "mansour"}}},
	{"he-IL",
		[]name{{"נועה", "noa"}, {"איתן", "eitan"}, {"תמר", "tamar"}},
		[]name{{"כהן", "cohen"}, {"לוי", "levi"}}},
	{"hi-IN",
		[]name{{"अनन्या", "ananya"}, {"अर्जुन", "arjun"}, {"मीरा", "meera"}},
		[]name{{"शर्मा", "sharma"}, {"कुमार", "kumar"}}},
	{"ja-JP",
		[]name{{"陽菜", "hina"}, {"蓮", "ren"}, {"さくら", "sakura"}, {"ケンジ", "kenji"}},
		[]name{{"田中", "tanaka"}, {"佐藤", "sato"}, {"渡邊", "watanabe"}}},
	{"zh-CN",
		[]name{{"伟", "wei"}, {"芳", "fang"}, {"子涵", "zihan"}},
		[]name{{"王", "wang"}, {"李", "li"}, {"欧阳", "ouyang"}}},
	{"ko-KR",
		[]name{{"지우", "jiwoo"}, {"민준", "minjun"}, {"서연", "seoyeon"}},
		[]name{{"김", "kim"}, {"이", "lee"}, {"박", "park"}}},
	{"am-ET",
		[]name{{"ሰላም", "selam"}, {"አበበ", "abebe"}},
		[]name{{"ተስፋዬ", "tesfaye"}, {"በቀለ", "bekele"}}},
}

// Which of the demo's users lack or have what: user i where i%every == 0.
const (
	everyNameless   = 11
	everyNoEmail    = 7
	everyPhone      = 3
	everyUsername   = 2
	everyWallet     = 9
	everyExternalID = 4
	everyBanned     = 37
	everyTwoEmails  = 13
	everyPrivate    = 4
)

// demoUser is user i of the demo directory. Addresses are in the name spaces that
// are reserved for examples and fiction.
func demoUser(i int) roster.CreateUser {
	n := i / len(cultures)
	c := cultures[(i+n)%len(cultures)]
	first, last := c.first[n%len(c.first)], c.last[(n+i)%len(c.last)]
	in := roster.CreateUser{SkipPasswordRequirement: true, Locale: roster.Value(c.locale)}
	if i%everyNameless != everyNameless-1 {
		in.FirstName, in.LastName = roster.Value(first.written), roster.Value(last.written)
	}
	if i%everyNoEmail != everyNoEmail-1 {
		in.EmailAddress = []string{fmt.Sprintf("%s.%s.%d@example.com", first.latin, last.latin, i)}
	}
	if i%everyTwoEmails == 0 {
		in.EmailAddress = append(in.EmailAddress, fmt.Sprintf("%s%d@home.example.org", last.latin, i))
	}
	if i%everyPhone == 0 || in.EmailAddress == nil {
		in.PhoneNumber = []string{demoPhone(i)}
	}
	if i%everyUsername == 0 {
		in.Username = roster.Value(fmt.Sprintf("%s_%s%d", first.latin, last.latin, i))
	}
	if i%everyWallet == 0 {
		sum := sha256.Sum256([]byte{byte(i), byte(i >> 8)})
		in.Web3Wallet = []string{"0x" + hex.EncodeToString(sum[:20])}
	}
	if i%everyExternalID == 0 {
		in.ExternalID = roster.Value(fmt.Sprintf("crm-%05d", i))
	}
	if i%everyBanned == everyBanned-1 {
		in.Banned = roster.Value(true)
	}
	in.PublicMetadata = metadataf(`{"onboarded":%t,"preferences":{"theme":%q,"digest":%t}}`, i%5 != 0, []string{"light", "dark", "system"}[i%3], i%2 == 0)
	if i%everyPrivate == 0 {
		in.PrivateMetadata = metadataf(`{"crm":{"score":%d,"owner":"sales-%d"}}`, i%100, i%3)
		in.UnsafeMetadata = metadataf(`{"newsletter":%t}`, i%8 == 0)
	}
	return in
}

// demoPhone is a number set aside for fiction, American or British.
func demoPhone(i int) string {
	if i%2 == 0 {
		return fmt.Sprintf("+1%d555%04d", []int{212, 312, 415, 617}[i/2%4], 100+i/8%100)
	}
	return fmt.Sprintf("+447700900%03d", i)
}

// metadataf writes metadata as text, so that its key order never changes.
func metadataf(format string, args ...any) roster.Metadata {
	return fmt.Appendf(nil, format, args...)
}
