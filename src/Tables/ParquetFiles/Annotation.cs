namespace TopicGrpc.Tables.ParquetFiles;

/// <summary>Meaning of the values of a Parquet column, from its logical or converted type.</summary>
internal enum Annotation
{
    None,
    Text,
    Unsigned,
    Decimal,
    Date,
    Milliseconds,
    Microseconds,
    Nanoseconds,
    Uuid,
    Half,
    List,
    Other,
}
