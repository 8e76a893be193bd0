using TopicGrpc.Server.Access;
using TopicGrpc.Server.Contract;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Models;

/// <summary>Reads and lists models and versions.</summary>
internal sealed class ModelQueries(ModelRegistry models)
{
    /// <summary>Lists the models that the caller sees.</summary>
    public ListModelsResponse List(ListModelsRequest request, Grant grant)
    {
        int size = Paging.Size(request.PageSize);
        string after = Paging.Key(request.PageToken);
        ModelRoute[] page =
        [
            .. models.Current.Models.Values
                .Where(model => string.CompareOrdinal(model.Id, after) > 0 && grant.Models.Matches(model.Id))
                .Take(size + 1),
        ];
        ListModelsResponse response = new() { NextPageToken = page.Length > size ? Paging.Token(page[size - 1].Id) : string.Empty };
        response.Models.AddRange(page.Take(size).Select(ModelMapping.ToProto));
        return response;
    }

    public GetModelResponse Get(GetModelRequest request) =>
        new() { Model = ModelMapping.ToProto(models.Current.Model(RequestNames.ParseModel(request.Name, "name"))) };

    public ListVersionsResponse ListVersions(ListVersionsRequest request)
    {
        int size = Paging.Size(request.PageSize);
        long before = Paging.Number(request.PageToken) ?? long.MaxValue;
        ModelRoute model = models.Current.Model(RequestNames.ParseModel(request.Parent, "parent"));
        VersionEntry[] page = [.. model.Known.Where(entry => entry.Number < before).Take(size + 1)];
        ListVersionsResponse response = new();
        int next = BoundedPage.Take(page, 0, size, ModelMapping.ToProto, response.ModelVersions);
        response.NextPageToken = next < page.Length ? Paging.Token(page[next - 1].Number) : string.Empty;
        return response;
    }

    public Task<GetVersionResponse> GetVersionAsync(GetVersionRequest request, CancellationToken cancellationToken)
    {
        (string modelId, long number) = RequestNames.ParseVersion(request.Name, "name");
        return VersionPages.ReadAsync(models, modelId, number, request.PageToken, cancellationToken);
    }
}
