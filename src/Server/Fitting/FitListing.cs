using TopicGrpc.Server.Access;
using TopicGrpc.Server.Contract;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Fitting;

/// <summary>Lists fits in pages, newest first.</summary>
internal sealed class FitListing(FitStore fits)
{
    /// <summary>Lists the fits that the caller sees.</summary>
    public async Task<ListFitsResponse> ListAsync(ListFitsRequest request, Grant grant, CancellationToken cancellationToken)
    {
        int size = Paging.Size(request.PageSize);
        long before = Paging.Number(request.PageToken) ?? long.MaxValue;
        string modelId = request.Model.Length == 0 ? string.Empty : RequestNames.ParseModel(request.Model, "model");
        List<(long Ordinal, FitState State)> rows = await fits.RunAsync(
            store => VisibleRows.Read(
                before,
                size + 1,
                (ordinal, count) => store.List(ordinal, count, modelId),
                static row => row.Ordinal,
                row => grant.SeesFit(row.State.ModelId, row.State.CorpusId)),
            cancellationToken);
        ListFitsResponse response = new();
        int next = BoundedPage.Take(rows, 0, size, static row => FitStateMapping.ToProto(row.State), response.Fits);
        response.NextPageToken = next < rows.Count ? Paging.Token(rows[next - 1].Ordinal) : string.Empty;
        return response;
    }
}
