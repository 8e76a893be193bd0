using TopicGrpc.Engine.Documents;

namespace TopicGrpc.Engine.Topics.Description;

/// <summary>Ids and texts in canonical order: by id, ordinal. A model therefore does not depend on the order of its documents.</summary>
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

    /// <summary>Position of each row in the given list.</summary>
    public int[] Order { get; }

    /// <summary>Returns the documents in canonical order.</summary>
    /// <exception cref="ArgumentException">Two documents have the same id.</exception>
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

    /// <summary>Returns the documents of a model from a corpus that can contain others.</summary>
    /// <exception cref="ArgumentException">A document of the model is missing.</exception>
    public static DocumentTable Select(IReadOnlyList<Document> documents, IReadOnlyList<string> ids)
    {
        HashSet<string> wanted = new(ids, StringComparer.Ordinal);
        var table = Sort([.. documents.Where(document => wanted.Contains(document.Id))]);
        if (table.Ids.Length < ids.Count)
        {
            string missing = ids.Except(table.Ids, StringComparer.Ordinal).First();
            throw new ArgumentException(
                $"The operation needs all {ids.Count} training documents of the model, but {ids.Count - table.Ids.Length} are missing; "
                + $"the first is \"{missing}\".",
                nameof(documents));
        }

        return table;
    }

    public RepresentativeDocument[] Representatives(int[] rows) =>
        Array.ConvertAll(rows, row => new RepresentativeDocument(row, Ids[row], Texts[row]));
}
