using TopicGrpc.Engine.Topics;

namespace TopicGrpc.Engine.Archive;

/// <summary>
/// Reads and writes aspects as flat tables: for every aspect and topic, in that order, the row at which its words start. A model without
/// aspects has no such files.
/// </summary>
internal static class AspectTables
{
    public static void Write(ArchiveWriter writer, IReadOnlyDictionary<string, TopicWord[][]>? aspects)
    {
        if (aspects is null or { Count: 0 })
        {
            return;
        }

        string[] names = [.. aspects.Keys.Order(StringComparer.Ordinal)];
        TopicWord[][] lists = [.. names.SelectMany(name => aspects[name])];
        TopicWord[] words = [.. lists.SelectMany(list => list)];
        int[] starts = new int[lists.Length + 1];
        for (int i = 0; i < lists.Length; i++)
        {
            starts[i + 1] = starts[i] + lists[i].Length;
        }

        writer.Write(ArchiveNames.AspectNames, names);
        writer.Write(ArchiveNames.AspectStarts, starts);
        writer.Write(ArchiveNames.AspectTerms, Array.ConvertAll(words, word => word.Term));
        writer.Write(ArchiveNames.AspectScores, Array.ConvertAll(words, word => word.Score));
    }

    /// <exception cref="InvalidDataException">The tables do not match.</exception>
    public static IReadOnlyDictionary<string, TopicWord[][]>? Read(ArchiveContent content)
    {
        if (!content.Has(ArchiveNames.AspectNames))
        {
            return null;
        }

        string[] names = content.Strings(ArchiveNames.AspectNames);
        int[] starts = content.Integers(ArchiveNames.AspectStarts);
        string[] terms = content.Strings(ArchiveNames.AspectTerms);
        double[] scores = content.Doubles(ArchiveNames.AspectScores);
        int lists = starts.Length - 1;
        bool fits = names.Length > 0
            && lists >= 0
            && lists % names.Length == 0
            && starts[0] == 0
            && starts[^1] == terms.Length
            && scores.Length == terms.Length;
        for (int i = 0; fits && i < lists; i++)
        {
            fits = starts[i + 1] >= starts[i];
        }

        if (!fits)
        {
            throw new InvalidDataException($"{ArchiveNames.AspectStarts} does not divide {terms.Length} words among "
                + $"{names.Length} aspects.");
        }

        int topics = lists / names.Length;
        Dictionary<string, TopicWord[][]> aspects = new(StringComparer.Ordinal);
        for (int aspect = 0; aspect < names.Length; aspect++)
        {
            var words = new TopicWord[topics][];
            for (int topic = 0; topic < topics; topic++)
            {
                int list = (aspect * topics) + topic;
                words[topic] =
                [
                    .. Enumerable.Range(starts[list], starts[list + 1] - starts[list]).Select(i => new TopicWord(terms[i], scores[i])),
                ];
            }

            aspects[names[aspect]] = words;
        }

        return aspects;
    }
}
