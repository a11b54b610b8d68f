# engine
E0801 = This decision cannot be kept together with the others named here: { $kind ->
        [stay] { $staff } stays in { $post }
        [stay-here] { $staff } stays
        [go] { $staff } goes to { $post }
       *[not] { $staff } does not go to { $post }
    } (plan years { $years }). { $rules ->
        [none] { "" }
       *[other] In the way: { $rules }.
    }
    .todo = Withdraw or change one of the decisions named, or record an approval where the rule allows one.
E0802 = No plan keeps the fixed rules of this policy, even without any decision.
    .todo = Check the seats, opening and closing of the posts and the limits of the policy, such as turnover.unit_floor, also against turnover.most_moves; `lungang validate` shows what was read.
