namespace TopicGrpc.Explorer.Map;

/// <summary>Documents that pass search, legend, selection and window of time of a map.</summary>
/// <param name="Rows">Their rows, ascending; the first ones of very many.</param>
/// <param name="Count">Number of all of them.</param>
public sealed record MapFilter(IReadOnlyList<int> Rows, int Count);
