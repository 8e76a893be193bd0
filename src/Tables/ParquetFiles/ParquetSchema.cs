using TopicGrpc.Tables.Values;

namespace TopicGrpc.Tables.ParquetFiles;

/// <summary>The columns of a Parquet file: the nodes below the root of its schema.</summary>
internal sealed class ParquetSchema
{
    private const int MaxDepth = 64;

    private readonly IReadOnlyList<SchemaElement> _nodes;
    private readonly List<TableColumn> _columns = [];
    private readonly List<ParquetColumn?> _readable = [];
    private int _at;

    private ParquetSchema(IReadOnlyList<SchemaElement> nodes) => _nodes = nodes;

    public IReadOnlyList<TableColumn> Columns => _columns;

    /// <summary>The same columns as they are stored; null for a column of kind <see cref="ColumnKind.Other"/>.</summary>
    public IReadOnlyList<ParquetColumn?> Readable => _readable;

    /// <summary>Number of leaves: a row group has so many column chunks.</summary>
    public int Leaves { get; private set; }

    /// <exception cref="TableException">The schema is damaged, or has too many columns.</exception>
    public static ParquetSchema Of(IReadOnlyList<SchemaElement> nodes, TableLimits limits)
    {
        ParquetSchema schema = new(nodes);
        SchemaElement root = schema.Take();
        if (root.Children > limits.Columns)
        {
            throw new TableException(FormattableString.Invariant(
                $"the table has {root.Children:N0} columns; at most {limits.Columns:N0} are allowed"));
        }

        for (int i = 0; i < root.Children; i++)
        {
            schema.AddColumn();
        }

        return schema;
    }

    private SchemaElement Take() => _at < _nodes.Count ? _nodes[_at++] : throw Damaged();

    private static TableException Damaged() => new("damaged Parquet file: its schema is wrong");

    private void AddColumn()
    {
        int first = _at;
        int leaf = Leaves;
        Path path = default;
        SchemaElement last = Walk(ref path, 0);
        SchemaElement top = _nodes[first];
        bool isSingle = Leaves - leaf == 1;
        bool isList = isSingle && path.Repeated == 1 && (top.Annotation == Annotation.List || top.Repetition == Repetition.Repeated);
        bool isFlat = isSingle && path.Repeated == 0 && top.Type is not null;
        ColumnKind kind = isFlat || isList ? ColumnTypes.KindOf(last) : ColumnKind.Other;
        if (isList)
        {
            kind = kind is ColumnKind.Number or ColumnKind.Integer ? ColumnKind.Vector : ColumnKind.Other;
        }

        string name = isList ? $"list of {ColumnTypes.NameOf(last)}" : top.Type is null ? "group" : ColumnTypes.NameOf(top);
        _columns.Add(new TableColumn(top.Name, kind, name));
        _readable.Add(kind == ColumnKind.Other ? null : new ParquetColumn
        {
            Name = top.Name,
            Leaf = leaf,
            Type = last.Type!.Value,
            Annotation = last.Annotation,
            TypeLength = last.TypeLength,
            Scale = last.Scale,
            MaxDefinition = path.Definition,
            ElementDefinition = path.ElementDefinition,
        });
    }

    /// <summary>Walks a column; the levels are those of its last leaf.</summary>
    private SchemaElement Walk(ref Path path, int depth)
    {
        if (depth > MaxDepth)
        {
            throw new TableException("the schema is nested too deeply");
        }

        SchemaElement node = Take();
        path.Definition += node.Repetition == Repetition.Required ? 0 : 1;
        if (node.Repetition == Repetition.Repeated)
        {
            path.Repeated++;
            path.ElementDefinition = path.Definition;
        }

        if (node.Type is not null)
        {
            Leaves++;
            return node.Type is >= PhysicalType.Boolean and <= PhysicalType.FixedBytes ? node : throw Damaged();
        }

        if (node.Children <= 0)
        {
            throw Damaged();
        }

        Path own = path;
        SchemaElement last = node;
        for (int i = 0; i < node.Children; i++)
        {
            path = own;
            last = Walk(ref path, depth + 1);
        }

        return last;
    }

    /// <summary>Levels on the way to a leaf.</summary>
    private struct Path
    {
        public int Definition;
        public int ElementDefinition;
        public int Repeated;
    }
}
