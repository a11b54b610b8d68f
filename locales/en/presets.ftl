# Presets: each in a sentence, and what their rules ask and no key can say

preset-cn-county = a county's bodies and institutions; every number can be changed
preset-cn-statute = statutes alone: ten years for heads and deputies of internal offices and other ten-year duties
    .left = Left to you: a deferral needs the approval of the civil-service authority (公务员主管部门); it goes into the deferral register.
preset-cn-hefei-2009 = Hefei 2009: five years in a post, seven as head or deputy of a section, eight in a unit at one level, ten in a unit; at most 30 % a year
    .left = Left to you: no key says "twelve years at most". From ten years on, months are counted as overdue, and a thirteenth year is not forbidden; look at the deferral register.
preset-cn-internal-control = internal control: key posts three years
    .left = Left to you: finance posts three years too; grade them high, or write 36 in must_months of the post. No key knows forced leave; who has taken it and may stay five years gets 60 in must_months of the roster.
preset-cn-school = schools: a teacher stays six years in a school, and at least 10 % move a year
    .left = Left to you: the rule takes 10 % of the teachers who are eligible, the key of all holders, which is stricter. Heads stay two terms, which differ from place to place: write their months in must_months of the post.
preset-federal-de = German federal administration: five years as a rule at posts open to corruption
    .left = Left to you: grade those posts high. Whoever stays longer needs reasons on file and closer supervision, in the deferral register.
preset-in-cvc = Central Vigilance Commission, India: two to three years in sensitive posts
    .left = Left to you: grade sensitive posts high; other posts have no limit.
preset-in-css = Central Secretariat Service, India: five years in a ministry; nobody within two years of retirement
preset-vn-59-2019 = Viet Nam, decree 59/2019: two to five years at the posts that have to be rotated; nobody within 18 months of retirement
    .left = Left to you: grade those posts high. Who is gravely ill, on study, pregnant or has a child under 36 months may stay; nothing computes this: write the first day free of it (of a child, the day it turns 36 months) in exempt_until.
preset-us-fs = United States Foreign Service: tours of two to three years
    .left = Left to you: "at most eight years running at home" counts over several units, which no key does. Where home is one unit, set time.unit = { "{" } should = 96, must = 96 { "}" }; else write must_months in the roster.
preset-generic = no statute: 3 to 5 years at high risk, 5 to 8 at medium, 8 to 10 at low

rules-preset = Preset
rules-preset-about = What it is
rules-preset-default = {" "}(default)
rules-preset-not-yet = {" "}(not yet built)
rules-preset-key = Key
rules-preset-value = Value
rules-preset-rule = Rule
