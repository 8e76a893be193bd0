using System.Text.Json;
using Google.Rpc;
using Grpc.Core;
using TopicGrpc.Server.Http;
using RpcStatus = Google.Rpc.Status;

namespace TopicGrpc.Server.OpenAi;

/// <summary>Errors in the form of the OpenAI API.</summary>
internal static class OpenAiErrors
{
    /// <summary>Writes the status of a call as the response.</summary>
    public static async Task WriteAsync(HttpContext context, RpcException exception)
    {
        RpcStatus? status = exception.GetRpcStatus();
        context.Response.StatusCode = HttpErrors.StatusCodeOf(exception.StatusCode);
        context.Response.ContentType = "application/json; charset=utf-8";
        await using Utf8JsonWriter json = new(context.Response.BodyWriter);
        json.WriteStartObject();
        json.WriteStartObject("error");
        json.WriteString("message", exception.Status.Detail);
        json.WriteString("type", TypeOf(exception.StatusCode));
        json.WriteString("param", status?.GetDetail<BadRequest>()?.FieldViolations.FirstOrDefault()?.Field);
        json.WriteString("code", status?.GetDetail<ErrorInfo>()?.Reason);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static string TypeOf(StatusCode code) => code switch
    {
        StatusCode.InvalidArgument or StatusCode.FailedPrecondition or StatusCode.NotFound => "invalid_request_error",
        StatusCode.Unauthenticated => "authentication_error",
        StatusCode.PermissionDenied => "permission_error",
        StatusCode.ResourceExhausted => "rate_limit_error",
        _ => "server_error",
    };
}
