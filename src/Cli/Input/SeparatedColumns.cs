using nietras.SeparatedValues;

namespace TopicGrpc.Cli.Input;

/// <summary>Column indices of a separated file; −1 for a missing column.</summary>
internal sealed record SeparatedColumns(IReadOnlyList<string> Names, int Text, int Id, int Time)
{
    public int Count => Names.Count;

    public static SeparatedColumns Find(string path, SepReaderHeader header, InputFields fields)
    {
        IReadOnlyList<string> names = header.ColNames;
        return new SeparatedColumns(
            names,
            Column(path, names, fields.Text, "--text-field"),
            fields.Id is null ? IndexOf(names, InputFields.DefaultId) : Column(path, names, fields.Id, "--id-field"),
            fields.Time is null ? -1 : Column(path, names, fields.Time, "--time-field"));
    }

    /// <summary>Returns the values other than text, id and time; an empty value is not an attribute.</summary>
    public Dictionary<string, string> Attributes(SepReader.Row row)
    {
        Dictionary<string, string> attributes = new(StringComparer.Ordinal);
        for (int column = 0; column < Count; column++)
        {
            if (column != Text && column != Id && column != Time && !row[column].Span.IsEmpty)
            {
                attributes[Names[column]] = row[column].ToString();
            }
        }

        return attributes;
    }

    private static int Column(string path, IReadOnlyList<string> names, string name, string option)
    {
        int index = IndexOf(names, name);
        return index >= 0
            ? index
            : throw new InputException(path, 1, $"no column \"{name}\" (columns: {Quoted(names)}; choose another with {option})");
    }

    private static string Quoted(IReadOnlyList<string> names) => string.Join(", ", names.Select(static name => $"\"{name}\""));

    private static int IndexOf(IReadOnlyList<string> names, string name)
    {
        for (int i = 0; i < names.Count; i++)
        {
            if (string.Equals(names[i], name, StringComparison.Ordinal))
            {
                return i;
            }
        }

        return -1;
    }
}
