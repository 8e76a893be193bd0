using TopicGrpc.Server.Contract;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Fitting;

/// <summary>Lists fits in pages, newest first.</summary>
internal sealed class FitListing(FitStore fits)
{
    public async Task<ListFitsResponse> ListAsync(ListFitsRequest request, CancellationToken cancellationToken)
    {
        int size = Paging.Size(request.PageSize);
        long before = Paging.Number(request.PageToken) ?? long.MaxValue;
        string modelId = request.Model.Length == 0 ? string.Empty : RequestNames.ParseModel(request.Model, "model");
        IReadOnlyList<(long Ordinal, FitState State)> rows =
            await fits.RunAsync(store => store.List(before, size + 1, modelId), cancellationToken);
        ListFitsResponse response = new();
        int next = BoundedPage.Take(rows, 0, size, static row => FitStateMapping.ToProto(row.State), response.Fits);
        response.NextPageToken = next < rows.Count ? Paging.Token(rows[next - 1].Ordinal) : string.Empty;
        return response;
    }
}
