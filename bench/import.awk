# Usage: awk -v rows=N -f bench/import.awk >rows.csv
# The same rows each time: 12 columns as wide as those of real breach registers.
function any(list,   parts, n) { n = split(list, parts, "|"); return parts[1 + int(rand() * n)] }
BEGIN {
    srand(1)
    first = "Saint Mary|Northern|Lakeside|Riverside|Municipal|University|Regional|Central|Valley|Coastal|Mercy|Green"
    last = "Hospital|Medical Center|Clinic|Health System|Laboratory|Dental Group|Care Home|Pharmacy|Imaging|Hospice"
    countries = "US|FR|DE|GB|IT|ES|BR|IN|JP|AU|CA|NL|SE|PL|ZA|MX|IE|CZ"
    kinds = "hospital|clinic|laboratory|pharmacy|care_home|primary_care"
    attacks = "ransomware|data_theft|ddos|account_compromise|intrusion|data_extortion"
    print "id,organisation,country,place,org_type,attack_type,started,disclosed,persons,days,source,note"
    for (i = 1; i <= rows; i++) {
        year = 2010 + int(rand() * 15); month = 1 + int(rand() * 12); day = 1 + int(rand() * 28)
        late = month > 10; persons = rand() < 0.7 ? int(exp(rand() * 13)) : ""; days = rand() < 0.3 ? 1 + int(rand() * 40) : ""
        printf "B-%07d,%s %s %d,%s,%s %d,%s,%s,%04d-%02d-%02d,%04d-%02d-%02d,%s,%s,https://example.org/%s/%d,\"%s, %s\"\n",
            i, any(first), any(last), int(rand() * 400000), any(countries), any(first), int(rand() * 900), any(kinds),
            any(attacks), year, month, day, late ? year + 1 : year, late ? month - 10 : month + 2, day,
            persons, days, any("news|notice|register"),
            i, any("Systems were shut down as a precaution|Staff worked on paper|Files were copied"),
            any("appointments were moved|the police was told|care went on without interruption")
    }
}
