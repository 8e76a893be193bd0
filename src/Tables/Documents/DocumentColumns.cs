using System.Globalization;
using TopicGrpc.Tables.Values;

namespace TopicGrpc.Tables.Documents;

/// <summary>The columns of one table that form the documents, by index.</summary>
internal sealed class DocumentColumns
{
    private const int ShownNames = 20;
    private const char Wildcard = '*';

    private readonly IReadOnlyList<TableColumn> _columns;
    private readonly DocumentColumnNames _names;

    private DocumentColumns(IReadOnlyList<TableColumn> columns, DocumentColumnNames names)
    {
        _columns = columns;
        _names = names;
        Text = Column(names.Text, names.Options.Text, "text", ColumnKind.Text, ColumnKind.Binary);
        Id = names.Id is null
            ? IndexOf(DocumentColumnNames.DefaultId, ColumnKind.Text, ColumnKind.Integer, ColumnKind.Binary)
            : Column(names.Id, names.Options.Id, "text or a whole number", ColumnKind.Text, ColumnKind.Integer, ColumnKind.Binary);
        Time = names.Time is null
            ? -1
            : Column(names.Time, names.Options.Time, "a time, a year or text", ColumnKind.Time, ColumnKind.Text, ColumnKind.Integer);
        Embedding = EmbeddingColumns();
        IsList = Embedding.Count == 1 && columns[Embedding[0]].Kind == ColumnKind.Vector;
        Attributes = AttributeColumns();
    }

    public int Text { get; }

    /// <summary>Column of the id; -1 without one.</summary>
    public int Id { get; }

    /// <summary>Column of the time; -1 without one.</summary>
    public int Time { get; }

    /// <summary>Columns of the embedding: one of kind <see cref="ColumnKind.Vector"/>, or one for each number; empty without one.</summary>
    public IReadOnlyList<int> Embedding { get; }

    /// <summary>Whether the embedding is one column of lists.</summary>
    public bool IsList { get; }

    public IReadOnlyList<int> Attributes { get; }

    /// <summary>Finds the columns.</summary>
    /// <exception cref="TableException">A column is missing, is there twice, or has a type that cannot be used.</exception>
    public static DocumentColumns Find(IReadOnlyList<TableColumn> columns, DocumentColumnNames names) => new(columns, names);

    /// <summary>Returns the columns that are left out although no setting says so, with the reason.</summary>
    public IEnumerable<string> Omitted()
    {
        if (_names.Attributes.Count > 0)
        {
            yield break;
        }

        for (int i = 0; i < _columns.Count; i++)
        {
            if (i != Text && i != Id && i != Time && !Embedding.Contains(i) && !Attributes.Contains(i))
            {
                yield return $"\"{_columns[i].Name}\" ({_columns[i].TypeName})";
            }
        }
    }

    private static bool IsAttribute(ColumnKind kind) =>
        kind is ColumnKind.Text or ColumnKind.Integer or ColumnKind.Number or ColumnKind.Boolean or ColumnKind.Time;

    private int[] AttributeColumns()
    {
        if (_names.Attributes.Count > 0)
        {
            return [.. _names.Attributes.Select(name => Column(
                name,
                _names.Options.Attribute,
                "text, a number, a Boolean or a time",
                ColumnKind.Text,
                ColumnKind.Integer,
                ColumnKind.Number,
                ColumnKind.Boolean,
                ColumnKind.Time))];
        }

        HashSet<int> taken = [Text, Id, Time, .. Embedding];
        HashSet<string> names = new(StringComparer.Ordinal);
        List<int> attributes = [];
        for (int i = 0; i < _columns.Count; i++)
        {
            if (!taken.Contains(i) && IsAttribute(_columns[i].Kind) && names.Add(_columns[i].Name))
            {
                attributes.Add(i);
            }
        }

        return [.. attributes];
    }

    private int[] EmbeddingColumns()
    {
        switch (_names.Embedding)
        {
            case null:
                return [];
            case [.. string prefix, Wildcard]:
                int[] columns =
                [
                    .. Enumerable.Range(0, _columns.Count).Where(i =>
                        _columns[i].Name.StartsWith(prefix, StringComparison.Ordinal) && i != Text && i != Id && i != Time
                        && _columns[i].Kind is ColumnKind.Number or ColumnKind.Integer),
                ];
                return columns.Length > 0
                    ? columns
                    : throw new TableException($"no column of numbers starts with \"{prefix}\" ({_names.Options.Embedding})");
            default:
                return [Column(_names.Embedding, _names.Options.Embedding, "a list of numbers", ColumnKind.Vector)];
        }
    }

    private int Column(string name, string option, string expected, params ReadOnlySpan<ColumnKind> kinds)
    {
        int index = -1;
        for (int i = 0; i < _columns.Count; i++)
        {
            if (!string.Equals(_columns[i].Name, name, StringComparison.Ordinal))
            {
                continue;
            }

            index = index < 0 ? i : throw new TableException($"two columns are named \"{name}\" ({option})");
        }

        if (index < 0)
        {
            throw new TableException(Missing(name, option));
        }

        return kinds.Contains(_columns[index].Kind)
            ? index
            : throw new TableException($"column \"{name}\" has the type {_columns[index].TypeName}; {expected} is expected ({option})");
    }

    private string Missing(string name, string option)
    {
        string nearest = NearestName.Of(name, _columns.Select(static column => column.Name)) is { } near
            ? $"; did you mean \"{near}\"?"
            : "";
        string shown = string.Join(", ", _columns.Take(ShownNames).Select(static column => $"\"{column.Name}\""));
        string more = _columns.Count > ShownNames
            ? string.Create(CultureInfo.InvariantCulture, $" and {_columns.Count - ShownNames:N0} more")
            : "";
        return $"no column \"{name}\"{nearest} (columns: {shown}{more}; choose another with {option})";
    }

    private int IndexOf(string name, params ReadOnlySpan<ColumnKind> kinds)
    {
        for (int i = 0; i < _columns.Count; i++)
        {
            if (string.Equals(_columns[i].Name, name, StringComparison.Ordinal) && kinds.Contains(_columns[i].Kind))
            {
                return i;
            }
        }

        return -1;
    }
}
