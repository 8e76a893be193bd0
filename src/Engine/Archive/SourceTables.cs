namespace TopicGrpc.Engine.Archive;

/// <summary>
/// Reads and writes the settings of an imported model that have no counterpart, as two lists of strings. A model without such settings
/// has no such files.
/// </summary>
internal static class SourceTables
{
    public static void Write(ArchiveWriter writer, IReadOnlyDictionary<string, string>? settings)
    {
        if (settings is null or { Count: 0 })
        {
            return;
        }

        string[] names = [.. settings.Keys.Order(StringComparer.Ordinal)];
        writer.Write(ArchiveNames.SourceNames, names);
        writer.Write(ArchiveNames.SourceValues, Array.ConvertAll(names, name => settings[name]));
    }

    /// <exception cref="InvalidDataException">The lists differ in length.</exception>
    public static IReadOnlyDictionary<string, string>? Read(ArchiveContent content)
    {
        if (!content.Has(ArchiveNames.SourceNames))
        {
            return null;
        }

        string[] names = content.Strings(ArchiveNames.SourceNames);
        string[] values = content.Strings(ArchiveNames.SourceValues);
        if (values.Length != names.Length)
        {
            throw new InvalidDataException($"{ArchiveNames.SourceValues} has {values.Length} values for {names.Length} names.");
        }

        Dictionary<string, string> settings = new(StringComparer.Ordinal);
        for (int i = 0; i < names.Length; i++)
        {
            settings[names[i]] = values[i];
        }

        return settings;
    }
}
