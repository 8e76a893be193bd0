namespace TopicGrpc.Client.Maps;

/// <summary>An attribute of the documents by which points can be colored.</summary>
/// <param name="Attribute">Name.</param>
/// <param name="DocumentCount">Documents with a value.</param>
/// <param name="ValueCount">Distinct values; 10,001 means more than 10,000.</param>
public sealed record MapColumn(string Attribute, long DocumentCount, int ValueCount);
