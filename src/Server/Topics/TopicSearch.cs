using TopicGrpc.Server.Contract;
using TopicGrpc.Server.Embedding;
using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Models;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Topics;

/// <summary>Finds the topics nearest to a text, by cosine similarity of its embedding to the topic embeddings.</summary>
internal sealed class TopicSearch(ModelRegistry models, EmbeddingExecutors executors)
{
    private const int DefaultResults = 5;

    public async Task<SearchTopicsResponse> FindAsync(SearchTopicsRequest request, CancellationToken cancellationToken)
    {
        using VersionLease lease = await models.AcquireAsync(ModelMapping.FromProto(request.Selector), cancellationToken);
        VersionHandle version = lease.Handle;
        version.RequireTextEncoder();
        EmbeddingOutcome query = await executors.EmbedAsync(
            request.Query,
            EmbeddingPriority.Interactive,
            deadline: null,
            cancellationToken);
        if (!query.IsFinite)
        {
            throw Fault.InputNotFinite("query");
        }

        SearchTopicsResponse response = new() { ModelVersion = version.Name };
        response.Hits.AddRange(version.Content
            .Nearest(query.Vector, request.MaxResults == 0 ? DefaultResults : request.MaxResults)
            .Select(hit => new SearchTopicsResponse.Types.Hit
            {
                Topic = TopicMapping.ToProto(hit.Topic, version.Content, version.Name, 0, omitRepresentatives: true),
                Similarity = hit.Similarity,
            }));
        return response;
    }
}
