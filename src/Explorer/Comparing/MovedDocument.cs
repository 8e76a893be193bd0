using TopicGrpc.Client.Selectors;
using TopicGrpc.Client.Topics;
using TopicGrpc.Explorer.Parts;

namespace TopicGrpc.Explorer.Comparing;

/// <summary>A document of two versions whose topics have different uids.</summary>
/// <param name="Document">Id of the document.</param>
/// <param name="Before">Name of its topic in the older version.</param>
/// <param name="After">Name of its topic in the newer version.</param>
public sealed record MovedDocument(string Document, string Before, string After)
{
    /// <summary>Finds moved documents. Both lists are read page by page in the order of the ids and are never held whole.</summary>
    /// <param name="topics">Client.</param>
    /// <param name="before">The older version.</param>
    /// <param name="after">The newer version.</param>
    /// <param name="count">Most documents to return.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <returns>Documents by id.</returns>
    public static async Task<List<MovedDocument>> FindAsync(
        TopicsClient topics, ModelSelector before, ModelSelector after, int count, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(topics);
        Dictionary<int, TopicInfo> olds = await NamesAsync(topics, before, cancellationToken);
        Dictionary<int, TopicInfo> news = await NamesAsync(topics, after, cancellationToken);
        List<MovedDocument> moved = [];
        await using IAsyncEnumerator<DocumentTopic> left =
            topics.ListDocumentsAsync(before, cancellationToken: cancellationToken).GetAsyncEnumerator(cancellationToken);
        await using IAsyncEnumerator<DocumentTopic> right =
            topics.ListDocumentsAsync(after, cancellationToken: cancellationToken).GetAsyncEnumerator(cancellationToken);
        bool hasLeft = await left.MoveNextAsync();
        bool hasRight = await right.MoveNextAsync();
        while (hasLeft && hasRight && moved.Count < count)
        {
            int order = CompareBytes(left.Current.DocumentId, right.Current.DocumentId);
            if (order == 0)
            {
                TopicInfo? old = olds.GetValueOrDefault(left.Current.TopicId);
                TopicInfo? changed = news.GetValueOrDefault(right.Current.TopicId);
                if (old?.Uid != changed?.Uid)
                {
                    moved.Add(new MovedDocument(left.Current.DocumentId, Name(old), Name(changed)));
                }
            }

            hasLeft = order > 0 ? hasLeft : await left.MoveNextAsync();
            hasRight = order < 0 ? hasRight : await right.MoveNextAsync();
        }

        return moved;
    }

    private static async Task<Dictionary<int, TopicInfo>> NamesAsync(
        TopicsClient topics, ModelSelector version, CancellationToken cancellationToken)
    {
        TopicList list = await topics.ListAsync(
            version, new ListTopicsOptions { IncludeRepresentativeDocuments = false, WordCount = 1 }, cancellationToken);
        return list.Topics.ToDictionary(static topic => topic.Id);
    }

    private static string Name(TopicInfo? topic) => topic is null or { Id: < 0 } ? "Outliers" : $"{topic.Id} {Format.Topic(topic)}";

    // The server orders ids by their bytes in UTF-8, which is the order of code points and not that of UTF-16.
    private static int CompareBytes(string left, string right) =>
        System.Text.Encoding.UTF8.GetBytes(left).AsSpan().SequenceCompareTo(System.Text.Encoding.UTF8.GetBytes(right));
}
