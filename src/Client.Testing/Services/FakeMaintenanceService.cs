using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Wire = TopicGrpc.V1;

namespace TopicGrpc.Client.Testing.Services;

/// <summary>The fake stores no files: a backup is empty, and a verification reads nothing and finds no problem.</summary>
internal sealed class FakeMaintenanceService(TimeProvider time) : Wire.MaintenanceService.MaintenanceServiceBase
{
    public override async Task CreateBackup(
        IAsyncStreamReader<Wire.CreateBackupRequest> requestStream,
        IServerStreamWriter<Wire.CreateBackupResponse> responseStream,
        ServerCallContext context)
    {
        await requestStream.MoveNext(context.CancellationToken).ConfigureAwait(false);
        Wire.CreateBackupResponse.Types.Snapshot snapshot = new()
        {
            CreateTime = Timestamp.FromDateTimeOffset(time.GetUtcNow()),
            FolderId = "fake",
            BlockBytes = 1 << 20,
        };
        await responseStream.WriteAsync(new Wire.CreateBackupResponse { Snapshot = snapshot }, context.CancellationToken)
            .ConfigureAwait(false);
        await responseStream.WriteAsync(new Wire.CreateBackupResponse { Completed = new() }, context.CancellationToken)
            .ConfigureAwait(false);
    }

    public override Task VerifyData(
        Wire.VerifyDataRequest request, IServerStreamWriter<Wire.VerifyDataResponse> responseStream, ServerCallContext context) =>
        responseStream.WriteAsync(new Wire.VerifyDataResponse { Summary = new() }, context.CancellationToken);
}
