using Grpc.Core;
using Wire = TopicGrpc.V1;

namespace TopicGrpc.Client.Testing.Services;

/// <summary>Verifies nothing and finds no problem. The fake stores no files, so it has no backup.</summary>
internal sealed class FakeMaintenanceService : Wire.MaintenanceService.MaintenanceServiceBase
{
    public override Task CreateBackup(
        IAsyncStreamReader<Wire.CreateBackupRequest> requestStream,
        IServerStreamWriter<Wire.CreateBackupResponse> responseStream,
        ServerCallContext context) => throw new RpcException(new Status(
        StatusCode.Unimplemented, "The fake stores no files. Override MaintenanceClient.CreateBackupAsync in a test that needs a backup."));

    public override Task VerifyData(
        Wire.VerifyDataRequest request, IServerStreamWriter<Wire.VerifyDataResponse> responseStream, ServerCallContext context) =>
        responseStream.WriteAsync(new Wire.VerifyDataResponse { Summary = new() }, context.CancellationToken);
}
