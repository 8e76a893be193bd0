using Grpc.Core;
using TopicGrpc.Server.Contract;
using TopicGrpc.Server.Fitting;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Rpc;

/// <summary>The contract's <c>FitService</c>.</summary>
internal sealed class FitRpc(FitStore fits, FitAdmission admission, FitListing listing, FitWatch watch) : FitService.FitServiceBase
{
    /// <inheritdoc/>
    public override async Task<StartFitResponse> StartFit(StartFitRequest request, ServerCallContext context) =>
        new() { Fit = await admission.StartAsync(request, context.CancellationToken) };

    /// <inheritdoc/>
    public override Task<GetFitResponse> GetFit(GetFitRequest request, ServerCallContext context) =>
        Task.FromResult(FitPages.Read(fits, RequestNames.ParseFit(request.Name, "name"), request.PageToken));

    /// <inheritdoc/>
    public override Task<ListFitsResponse> ListFits(ListFitsRequest request, ServerCallContext context) =>
        Task.FromResult(listing.List(request));

    /// <inheritdoc/>
    public override Task<CancelFitResponse> CancelFit(CancelFitRequest request, ServerCallContext context) =>
        Task.FromResult(new CancelFitResponse { Fit = FitStateMapping.ToProto(fits.Cancel(RequestNames.ParseFit(request.Name, "name"))) });

    /// <inheritdoc/>
    public override Task WatchFit(
        WatchFitRequest request,
        IServerStreamWriter<WatchFitResponse> responseStream,
        ServerCallContext context) =>
        watch.RunAsync(request, responseStream, context.CancellationToken);
}
