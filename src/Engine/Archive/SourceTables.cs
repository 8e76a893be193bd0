namespace TopicGrpc.Engine.Archive;

/// <summary>
/// Settings that came with an imported model, as two columns of strings. The files are there only when there are such settings.
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

    /// <exception cref="InvalidDataException">The columns differ in length.</exception>
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
            throw new InvalidDataException($"{ArchiveNames.SourceValues} holds {values.Length} values for {names.Length} names.");
        }

        Dictionary<string, string> settings = new(StringComparer.Ordinal);
        for (int i = 0; i < names.Length; i++)
        {
            settings[names[i]] = values[i];
        }

        return settings;
    }
}
