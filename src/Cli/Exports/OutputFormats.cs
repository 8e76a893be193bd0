using TopicGrpc.Cli.Errors;
using TopicGrpc.Tables.Writing;

namespace TopicGrpc.Cli.Exports;

/// <summary>Formats of exports by the extension of the file.</summary>
internal static class OutputFormats
{
    public const string Extensions = ".parquet, .arrow, .csv or .jsonl";

    /// <exception cref="CliException">The extension is unknown.</exception>
    public static OutputFormat Of(string path) => Path.GetExtension(path).ToUpperInvariant() switch
    {
        ".PARQUET" or ".PQ" => OutputFormat.Parquet,
        ".ARROW" or ".FEATHER" => OutputFormat.Arrow,
        ".CSV" => OutputFormat.Csv,
        ".JSONL" or ".NDJSON" => OutputFormat.JsonLines,
        _ => throw new CliException($"--to: the name of {path} must end in {Extensions}", ExitCodes.BadInput),
    };
}
