using TopicGrpc.Server.Contract;
using TopicGrpc.Shared.Content;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Models;

/// <summary>Reads a whole version in pages.</summary>
internal static class VersionPages
{
    /// <summary>Reads one page.</summary>
    /// <exception cref="Errors.ServiceException">There is no such version, or the token comes from no page of it.</exception>
    public static async Task<GetVersionResponse> ReadAsync(
        ModelRegistry models,
        string modelId,
        long number,
        string pageToken,
        CancellationToken cancellationToken)
    {
        string key = Paging.Key(pageToken);
        ModelVersion version = ModelMapping.ToProto(models.Current.Describe(modelId, number));
        VersionContent content = await models.ReadContentAsync(modelId, number, cancellationToken);
        version.Report = content.Report;
        version.Operation = content.Operation;
        MessagePage<ModelVersion> page = LargeMessage.Cut(version, key);
        return new GetVersionResponse
        {
            ModelVersion = page.Message,
            OmittedLists = { page.OmittedLists },
            NextPageToken = page.NextToken.Length == 0 ? string.Empty : Paging.Token(page.NextToken),
        };
    }
}
