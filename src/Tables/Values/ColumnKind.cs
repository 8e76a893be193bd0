namespace TopicGrpc.Tables.Values;

/// <summary>What the values of a column are, whatever the format stores them as.</summary>
internal enum ColumnKind
{
    /// <summary>Unicode text.</summary>
    Text,

    /// <summary>Bytes without a declared meaning; some writers store text so.</summary>
    Binary,

    /// <summary>Whole number.</summary>
    Integer,

    /// <summary>Floating-point number.</summary>
    Number,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>Date, or date with time.</summary>
    Time,

    /// <summary>List of numbers.</summary>
    Vector,

    /// <summary>List of texts; only written.</summary>
    Texts,

    /// <summary>A type that no document has, such as a struct or a map.</summary>
    Other,
}
