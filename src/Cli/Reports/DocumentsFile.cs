using System.Text.Json;
using TopicGrpc.Cli.Input;
using TopicGrpc.Client.Topics;

namespace TopicGrpc.Cli.Reports;

/// <summary>
/// Writes <c>documents.jsonl</c>: the training documents in the order of the input, like BERTopic's <c>get_document_info</c>.
/// </summary>
internal static class DocumentsFile
{
    /// <param name="path">File to write.</param>
    /// <param name="input">The documents in the order of the input.</param>
    /// <param name="assigned">The documents of the version, in any order.</param>
    /// <param name="topics">Topics of the version, for their names and uids.</param>
    /// <param name="cancellationToken">Cancels between documents.</param>
    public static async Task WriteAsync(
        string path,
        IAsyncEnumerable<InputDocument> input,
        IReadOnlyList<DocumentTopic> assigned,
        IReadOnlyList<TopicInfo> topics,
        CancellationToken cancellationToken)
    {
        var byId = assigned.ToDictionary(document => document.DocumentId, StringComparer.Ordinal);
        var topicsById = topics.ToDictionary(topic => topic.Id);
        await using StreamWriter file = new(path);
        await foreach (InputDocument document in input.WithCancellation(cancellationToken))
        {
            // A document that the server rejected is in no version.
            if (byId.TryGetValue(document.Key, out DocumentTopic? found))
            {
                TopicInfo topic = topicsById[found.TopicId];
                string? uid = topic.Uid.Length == 0 ? null : topic.Uid;
                DocumentLine line = new(document.Id, topic.Id, uid, topic.Name, found.Probability, found.IsRepresentative);
                await file.WriteLineAsync(JsonSerializer.Serialize(line, Json.Line).AsMemory(), cancellationToken);
            }
        }
    }
}
