using Grpc.Core;
using TopicGrpc.Client.Errors;

namespace TopicGrpc.Client.Sdk.Tests.Resilience;

public sealed class ErrorTranslationTests
{
    [Theory]
    [InlineData(StatusCode.Internal)]
    [InlineData(StatusCode.Cancelled)]
    public void ToException_ConnectionBroke_IsUnavailable(StatusCode reported)
    {
        Status broken = new(reported, "Error starting gRPC call.", new HttpRequestException("The handshake did not end."));

        TopicGrpcException exception = ErrorTranslation.ToException(new RpcException(broken), attempts: 2);

        Assert.IsType<ServerUnavailableException>(exception);
        Assert.Equal(TopicGrpcStatus.Unavailable, exception.Status);
    }

    [Fact]
    public void ToException_ServerAnswersInternal_StaysInternal()
    {
        TopicGrpcException exception = ErrorTranslation.ToException(
            new RpcException(new Status(StatusCode.Internal, "A defect of the server.")), attempts: 1);

        Assert.IsType<TopicGrpcException>(exception);
        Assert.Equal(TopicGrpcStatus.Internal, exception.Status);
    }
}
