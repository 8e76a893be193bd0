using TopicGrpc.Server.Contract;
using TopicGrpc.Server.Embedding;
using TopicGrpc.Server.Models;
using TopicGrpc.Shared;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Topics;

/// <summary>Finds the topics nearest to a text: the query is embedded as any text is and compared with the topics' mean vectors.</summary>
internal sealed class TopicSearch(EmbeddingExecutors executors)
{
    private const int DefaultResults = 5;

    public async Task<SearchTopicsResponse> FindAsync(VersionHandle version, SearchTopicsRequest request, CancellationToken cancellationToken)
    {
        EmbeddingOutcome query = await executors.EmbedAsync(request.Query, EmbeddingPriority.Interactive, deadline: null, cancellationToken);
        string name = ResourceNames.Version(version.Model, version.Number);
        SearchTopicsResponse response = new() { ModelVersion = name };
        response.Hits.AddRange(version.Content
            .Nearest(query.Vector, request.MaxResults == 0 ? DefaultResults : request.MaxResults)
            .Select(hit => new SearchTopicsResponse.Types.Hit
            {
                Topic = TopicMapping.ToProto(hit.Topic, version.Content, name, 0, omitRepresentatives: true),
                Similarity = hit.Similarity,
            }));
        return response;
    }
}
