namespace TopicGrpc.Tables.Writing;

/// <summary>Creates writers of tables.</summary>
internal static class TableWriters
{
    /// <summary>Creates a writer.</summary>
    /// <param name="format">Format of the table.</param>
    /// <param name="target">Receives the bytes in order; not closed.</param>
    /// <param name="columns">The columns, with distinct names.</param>
    public static ITableWriter Create(OutputFormat format, Stream target, IReadOnlyList<OutputColumn> columns) => format switch
    {
        OutputFormat.Parquet => new ParquetTableWriter(target, columns),
        OutputFormat.Arrow => new ArrowTableWriter(target, columns),
        OutputFormat.Csv => new CsvTableWriter(target, columns),
        _ => new JsonLinesTableWriter(target, columns),
    };
}
