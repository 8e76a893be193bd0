using Grpc.Core;
using TopicGrpc.Server.Access;
using TopicGrpc.Server.Contract;
using TopicGrpc.Server.Fitting;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Rpc;

/// <summary>The contract's <c>FitService</c>.</summary>
internal sealed class FitRpc(
    FitStore fits,
    FitAdmission admission,
    FitEstimation estimation,
    AssignmentAdmission assignments,
    FitListing listing,
    FitWatch watch) : FitService.FitServiceBase
{
    /// <inheritdoc/>
    public override async Task<StartFitResponse> StartFit(StartFitRequest request, ServerCallContext context) =>
        new() { Fit = await admission.StartAsync(request, context.CancellationToken) };

    /// <inheritdoc/>
    public override Task<EstimateFitResponse> EstimateFit(EstimateFitRequest request, ServerCallContext context) =>
        estimation.EstimateAsync(request, context.CancellationToken);

    /// <inheritdoc/>
    public override async Task<AssignCorpusResponse> AssignCorpus(AssignCorpusRequest request, ServerCallContext context) =>
        new() { Fit = await assignments.StartAsync(request, context.CancellationToken) };

    /// <inheritdoc/>
    public override Task<GetFitResponse> GetFit(GetFitRequest request, ServerCallContext context) =>
        FitPages.ReadAsync(fits, RequestNames.ParseFit(request.Name, "name"), request.PageToken, context.CancellationToken);

    /// <inheritdoc/>
    public override Task<ListFitsResponse> ListFits(ListFitsRequest request, ServerCallContext context) =>
        listing.ListAsync(request, Caller.Of(context.GetHttpContext()).Grant, context.CancellationToken);

    /// <inheritdoc/>
    public override async Task<CancelFitResponse> CancelFit(CancelFitRequest request, ServerCallContext context)
    {
        string id = RequestNames.ParseFit(request.Name, "name");
        return new CancelFitResponse
        {
            Fit = FitStateMapping.ToProto(await fits.RunAsync(store => store.Cancel(id), context.CancellationToken)),
        };
    }

    /// <inheritdoc/>
    public override Task WatchFit(
        WatchFitRequest request,
        IServerStreamWriter<WatchFitResponse> responseStream,
        ServerCallContext context) =>
        watch.RunAsync(request, responseStream, context.CancellationToken);
}
