namespace TopicGrpc.Cli.Input;

/// <summary>A row of a separated file.</summary>
/// <param name="Line">Line where the row starts, counted from 1.</param>
/// <param name="Values">The values, without the quotes around them.</param>
/// <param name="IsBlank">Whether the row contains only white space.</param>
internal sealed record SeparatedRecord(long Line, IReadOnlyList<string> Values, bool IsBlank);
