namespace TopicGrpc.Cli.Input;

/// <summary>How an input is laid out.</summary>
internal enum InputFormat
{
    /// <summary>One JSON object a line.</summary>
    JsonLines,

    /// <summary>Comma-separated values with a header line.</summary>
    Csv,

    /// <summary>Tab-separated values with a header line.</summary>
    Tsv,

    /// <summary>One document a line.</summary>
    Lines,

    /// <summary>One document a file, the folders below included.</summary>
    Folder,
}
