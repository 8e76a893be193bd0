namespace TopicGrpc.Tables.Values;

/// <summary>A column of a table.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">What its values are.</param>
/// <param name="TypeName">Its type in the words of the format, for messages.</param>
internal sealed record TableColumn(string Name, ColumnKind Kind, string TypeName);
