using System.Globalization;

namespace TopicGrpc.Cli.Input;

/// <summary>Column indices of a separated file; −1 for a missing column.</summary>
internal sealed record SeparatedColumns(IReadOnlyList<string> Names, int Text, int Id, int Time)
{
    private const int ShownNames = 20;

    public int Count => Names.Count;

    /// <exception cref="InputException">A column is missing, or two have the same name.</exception>
    public static SeparatedColumns Find(string path, IReadOnlyList<string> names, InputFields fields)
    {
        RequireUnique(path, names);
        return new SeparatedColumns(
            names,
            Column(path, names, fields.Text, "--text-field"),
            fields.Id is null ? IndexOf(names, InputFields.DefaultId) : Column(path, names, fields.Id, "--id-field"),
            fields.Time is null ? -1 : Column(path, names, fields.Time, "--time-field"));
    }

    /// <summary>
    /// Returns the values other than text, id and time. An empty value is not an attribute, and neither is a column without a name, such
    /// as the index that pandas writes.
    /// </summary>
    public Dictionary<string, string> Attributes(IReadOnlyList<string> values)
    {
        Dictionary<string, string> attributes = new(StringComparer.Ordinal);
        for (int column = 0; column < Count; column++)
        {
            if (column != Text && column != Id && column != Time && Names[column].Length > 0 && values[column].Length > 0)
            {
                attributes[Names[column]] = values[column];
            }
        }

        return attributes;
    }

    private static void RequireUnique(string path, IReadOnlyList<string> names)
    {
        Dictionary<string, int> columns = new(StringComparer.Ordinal);
        for (int column = 0; column < names.Count; column++)
        {
            if (names[column].Length > 0 && !columns.TryAdd(names[column], column + 1))
            {
                throw new InputException(path, 1, string.Create(
                    CultureInfo.InvariantCulture,
                    $"columns {columns[names[column]]} and {column + 1} have the same name \"{names[column]}\""));
            }
        }
    }

    private static int Column(string path, IReadOnlyList<string> names, string name, string option)
    {
        int index = IndexOf(names, name);
        return index >= 0
            ? index
            : throw new InputException(path, 1, $"no column \"{name}\" (columns: {Quoted(names)}; choose another with {option})");
    }

    private static string Quoted(IReadOnlyList<string> names)
    {
        string shown = string.Join(", ", names.Take(ShownNames).Select(static name => $"\"{name}\""));
        return names.Count <= ShownNames
            ? shown
            : string.Create(CultureInfo.InvariantCulture, $"{shown} and {names.Count - ShownNames:N0} more");
    }

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
