using TopicGrpc.Tables.Values;

namespace TopicGrpc.Tables.Writing;

/// <summary>A column of a table that is written. Every value may be null.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">
/// What its values are: a text, a whole number of 64 bits, a number of 64 bits, a Boolean, a time in microseconds of UTC, a list of
/// numbers of 32 bits, or a list of texts.
/// </param>
internal sealed record OutputColumn(string Name, ColumnKind Kind);
