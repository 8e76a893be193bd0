namespace TopicGrpc.Cli.Input;

/// <summary>Format of an input.</summary>
internal enum InputFormat
{
    /// <summary>One JSON object per line.</summary>
    JsonLines,

    /// <summary>Comma-separated values with a header line.</summary>
    Csv,

    /// <summary>Tab-separated values with a header line.</summary>
    Tsv,

    /// <summary>One document per line.</summary>
    Lines,

    /// <summary>Parquet, one document per row.</summary>
    Parquet,

    /// <summary>Arrow IPC, as a file or a stream, one document per row.</summary>
    Arrow,

    /// <summary>One document per file, including subfolders.</summary>
    Folder,
}
