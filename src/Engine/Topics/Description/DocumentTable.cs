using TopicGrpc.Engine.Documents;

namespace TopicGrpc.Engine.Topics.Description;

/// <summary>Ids and texts in canonical order: by id, ordinal. A model never depends on the order that documents came in.</summary>
internal sealed class DocumentTable
{
    private DocumentTable(string[] ids, string[] texts, int[] order)
    {
        Ids = ids;
        Texts = texts;
        Order = order;
    }

    public string[] Ids { get; }

    public string[] Texts { get; }

    /// <summary>Position of each row in the list given.</summary>
    public int[] Order { get; }

    /// <summary>Sorts documents.</summary>
    /// <exception cref="ArgumentException">Two documents have one id.</exception>
    public static DocumentTable Sort(IReadOnlyList<Document> documents)
    {
        int[] order = [.. Enumerable.Range(0, documents.Count)];
        string[] ids = [.. documents.Select(document => document.Id)];
        Array.Sort(ids, order, StringComparer.Ordinal);
        for (int row = 1; row < ids.Length; row++)
        {
            if (ids[row] == ids[row - 1])
            {
                throw new ArgumentException($"Two documents have the id \"{ids[row]}\"; ids must be unique.", nameof(documents));
            }
        }

        return new DocumentTable(ids, Array.ConvertAll(order, position => documents[position].Text), order);
    }

    /// <summary>The documents of a model out of a corpus that may hold more.</summary>
    /// <exception cref="ArgumentException">One is missing.</exception>
    public static DocumentTable Select(IReadOnlyList<Document> documents, IReadOnlyList<string> ids)
    {
        HashSet<string> wanted = new(ids, StringComparer.Ordinal);
        var table = Sort([.. documents.Where(document => wanted.Contains(document.Id))]);
        if (table.Ids.Length < ids.Count)
        {
            string missing = ids.Except(table.Ids, StringComparer.Ordinal).First();
            throw new ArgumentException(
                $"The operation needs all {ids.Count} documents that the model was fitted on; {ids.Count - table.Ids.Length} are missing, the first is \"{missing}\".", nameof(documents));
        }

        return table;
    }

    public RepresentativeDocument[] Representatives(int[] rows) =>
        Array.ConvertAll(rows, row => new RepresentativeDocument(row, Ids[row], Texts[row]));
}
