namespace TopicGrpc.Explorer.Parts;

/// <summary>A column of a chart.</summary>
/// <param name="Name">What it shows, such as a date or a class.</param>
/// <param name="Value">Its height.</param>
/// <param name="Note">Text beside the value in the table; empty for none.</param>
public sealed record ColumnItem(string Name, double Value, string Note = "");
