namespace Rapida.CallControl.Outbound;

/// <summary>
/// SQL: the numbers that have calls waiting. From one to the next by the index of waiting calls, so that it costs by the number and not by the call
/// (PostgreSQL's wiki has it as the loose index scan).
/// </summary>
internal static class WaitingNumbers
{
    /// <summary>Begins a statement: <c>numbers(project_id, number_id)</c>.</summary>
    public const string Cte = """
        with recursive numbers as (
            (select project_id, number_id from dials where state = 'Waiting' order by project_id, number_id limit 1)
            union all
            select next.project_id, next.number_id from numbers cross join lateral (
                select project_id, number_id from dials
                where state = 'Waiting' and (project_id, number_id) > (numbers.project_id, numbers.number_id)
                order by project_id, number_id limit 1) next)
        """;
}
