namespace TopicGrpc.Tables.Documents;

/// <summary>Names of the settings that choose columns, for messages.</summary>
internal sealed record DocumentColumnOptions(string Text, string Id, string Time, string Attribute, string Embedding)
{
    public static DocumentColumnOptions CommandLine { get; } =
        new("--text-column", "--id-column", "--time-column", "--attribute", "--embedding-column");

    public static DocumentColumnOptions Http { get; } = new("textColumn", "idColumn", "timeColumn", "attribute", "embeddingColumn");
}
