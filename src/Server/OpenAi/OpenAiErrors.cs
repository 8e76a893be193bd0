using System.Text.Json;
using Google.Rpc;
using Grpc.Core;
using TopicGrpc.Server.Contract;
using TopicGrpc.Server.Http;
using RpcStatus = Google.Rpc.Status;

namespace TopicGrpc.Server.OpenAi;

/// <summary>Errors in the form of the OpenAI API.</summary>
internal static class OpenAiErrors
{
    /// <summary>Metadata of the routes: missing credentials, roles and quotas are reported in this form too.</summary>
    public static RouteErrorForm Form { get; } = new(static (context, fault) =>
    {
        HttpErrors.SetRetryAfter(context, fault);
        return WriteAsync(context, StatusMapping.ToProto(fault));
    });

    /// <summary>Writes the status of a call as the response.</summary>
    public static Task WriteAsync(HttpContext context, RpcException exception) =>
        WriteAsync(
            context,
            exception.GetRpcStatus() ?? new RpcStatus { Code = (int)exception.StatusCode, Message = exception.Status.Detail });

    private static async Task WriteAsync(HttpContext context, RpcStatus status)
    {
        var code = (StatusCode)status.Code;
        HttpErrors.SetStatus(context, code);
        await using Utf8JsonWriter json = new(context.Response.BodyWriter);
        json.WriteStartObject();
        json.WriteStartObject("error");
        json.WriteString("message", status.Message);
        json.WriteString("type", TypeOf(code));
        json.WriteString("param", status.GetDetail<BadRequest>()?.FieldViolations.FirstOrDefault()?.Field);
        json.WriteString("code", status.GetDetail<ErrorInfo>()?.Reason);
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
