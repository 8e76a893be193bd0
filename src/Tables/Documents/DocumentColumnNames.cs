namespace TopicGrpc.Tables.Documents;

/// <summary>Columns of a table that form the documents.</summary>
internal sealed record DocumentColumnNames
{
    public const string DefaultText = "text";
    public const string DefaultId = "id";

    /// <summary>Column of the text.</summary>
    public string Text { get; init; } = DefaultText;

    /// <summary>Column of the id. Null: <c>id</c> if the table has it, otherwise the number of the row, from 1.</summary>
    public string? Id { get; init; }

    /// <summary>Column of the time. Null: documents have no time.</summary>
    public string? Time { get; init; }

    /// <summary>Columns of the attributes. Empty: all other columns of text, numbers, Booleans and times.</summary>
    public IReadOnlyList<string> Attributes { get; init; } = [];

    /// <summary>
    /// Column of the embedding: a list of numbers; a name that ends in <c>*</c> means all columns of numbers that start so, in the order of
    /// the table. Null: documents have no embedding.
    /// </summary>
    public string? Embedding { get; init; }

    /// <summary>What the settings above are called where the user gives them.</summary>
    public DocumentColumnOptions Options { get; init; } = DocumentColumnOptions.CommandLine;
}
