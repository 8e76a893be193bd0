using System.Collections.Frozen;

namespace TopicGrpc.Cli.Input;

/// <summary>Names of file formats on the command line, in any case.</summary>
internal static class FormatNames
{
    private static readonly FrozenDictionary<string, InputFormat> Formats = new Dictionary<string, InputFormat>
    {
        ["jsonlines"] = InputFormat.JsonLines,
        ["jsonl"] = InputFormat.JsonLines,
        ["ndjson"] = InputFormat.JsonLines,
        ["csv"] = InputFormat.Csv,
        ["tsv"] = InputFormat.Tsv,
        ["lines"] = InputFormat.Lines,
        ["txt"] = InputFormat.Lines,
        ["parquet"] = InputFormat.Parquet,
        ["arrow"] = InputFormat.Arrow,
        ["feather"] = InputFormat.Arrow,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    public static bool TryParse(string name, out InputFormat format) => Formats.TryGetValue(name, out format);
}
