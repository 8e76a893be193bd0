using TopicGrpc.Engine.Topics.Recognition;

namespace TopicGrpc.Engine.Topics.Operations;

/// <summary>Documents of several models.</summary>
internal sealed class MergedDocuments
{
    private readonly List<(string Id, int Topic, double Strength)> _documents = [];
    private readonly List<TopicModel> _models = [];

    public void Add(TopicModel model, Func<int, int> topicOf)
    {
        _models.Add(model);
        for (int row = 0; row < model.DocumentIds.Count; row++)
        {
            _documents.Add((model.DocumentIds[row], topicOf(model.Assignments[row]), model.State.ClusterStrengths[row]));
        }
    }

    /// <summary>Returns the fingerprints of the texts of all models; null if none has any.</summary>
    /// <param name="documents">The documents in their new order.</param>
    public TrainingTexts? Texts(DocumentColumns documents)
    {
        (TrainingTexts, int[])[] parts =
        [
            .. from model in _models
               where model.State.Texts is not null
               select (model.State.Texts, RowsOf(model.DocumentIds, documents)),
        ];
        return parts.Length == 0 ? null : TrainingTexts.Merged(parts);
    }

    /// <exception cref="ArgumentException">A document is in two models, so it would have two topics.</exception>
    public DocumentColumns Sorted()
    {
        _documents.Sort((a, b) => string.CompareOrdinal(a.Id, b.Id));
        for (int i = 1; i < _documents.Count; i++)
        {
            if (_documents[i].Id == _documents[i - 1].Id)
            {
                throw new ArgumentException($"Document \"{_documents[i].Id}\" is in two of the models to merge.");
            }
        }

        return new DocumentColumns(
            [.. _documents.Select(document => document.Id)],
            [.. _documents.Select(document => document.Topic)],
            [.. _documents.Select(document => document.Strength)]);
    }

    /// <summary>Returns the rows of the documents that were erased before the merge, ascending.</summary>
    /// <param name="documents">Documents of all models.</param>
    public int[] Erased(DocumentColumns documents) =>
    [
        .. _models
            .SelectMany(static model => model.ErasedRows.Select(row => model.DocumentIds[row]))
            .Select(id => Array.BinarySearch(documents.Ids, id, StringComparer.Ordinal))
            .Order(),
    ];

    private static int[] RowsOf(IReadOnlyList<string> ids, DocumentColumns documents) =>
        [.. ids.Select(id => Array.BinarySearch(documents.Ids, id, StringComparer.Ordinal))];
}
