namespace TopicGrpc.Cli.Input;

/// <summary>Names of the fields of a record that form the document.</summary>
/// <param name="Text">Field of the text; every record must have it.</param>
/// <param name="Id">Field of the id. Null: <c>id</c> if the record has it, otherwise the line number.</param>
/// <param name="Time">Field of the time. Null: documents have no time.</param>
internal sealed record InputFields(string Text = InputFields.DefaultText, string? Id = null, string? Time = null)
{
    /// <summary>Field of the embedding, a list of numbers. Null: documents have no embedding.</summary>
    public string? Embedding { get; init; }

    public const string DefaultText = "text";

    public const string DefaultId = "id";
}
