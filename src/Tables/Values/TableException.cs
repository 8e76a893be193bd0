using System.Globalization;

namespace TopicGrpc.Tables.Values;

/// <summary>A table that cannot be read. The caller adds the name of the file.</summary>
public sealed class TableException : Exception
{
    /// <summary>Creates the fault of a whole table.</summary>
    public TableException(string fault)
        : base(fault)
    {
        Fault = fault;
    }

    /// <summary>Creates the fault of a whole table, with its cause.</summary>
    public TableException(string fault, Exception cause)
        : base(fault, cause)
    {
        Fault = fault;
    }

    private TableException(long? row, string column, string fault)
        : base(row is null
            ? $"column \"{column}\": {fault}"
            : string.Create(CultureInfo.InvariantCulture, $"row {row}, column \"{column}\": {fault}"))
    {
        Row = row;
        Column = column;
        Fault = fault;
    }

    /// <summary>Row that has the fault, counted from 1; null if the fault is not in a row.</summary>
    public long? Row { get; }

    /// <summary>Column that has the fault; null if the fault is not in a column.</summary>
    public string? Column { get; }

    /// <summary>The fault without row and column.</summary>
    public string Fault { get; }

    /// <summary>Creates the fault of a column.</summary>
    public static TableException InColumn(string column, string fault) => new(null, column, fault);

    /// <summary>Creates the fault of a value.</summary>
    /// <param name="row">Row, counted from 1.</param>
    /// <param name="column">Name of the column.</param>
    /// <param name="fault">What is wrong.</param>
    public static TableException InRow(long row, string column, string fault) => new(row, column, fault);
}
