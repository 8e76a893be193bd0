namespace TopicGrpc.Shared.Limits;

/// <summary>A limit of the contract that one field of a request breaks.</summary>
/// <param name="Field">Path of the field in the request, with indexes and keys: <c>settings.seed_topic_list[3].words[0]</c>.</param>
/// <param name="Description">The limit and the value.</param>
public sealed record Violation(string Field, string Description)
{
    /// <summary>Reason of the error if this violation is the only one; a value of <see cref="ErrorReasons"/>.</summary>
    public string Reason { get; init; } = ErrorReasons.InvalidField;

    /// <summary>The limit, for a value that is too large; otherwise null.</summary>
    public long? Limit { get; init; }

    /// <summary>The size of the value, for a value that is too large; otherwise null.</summary>
    public long? Actual { get; init; }
}
