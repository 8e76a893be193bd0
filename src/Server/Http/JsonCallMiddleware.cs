using System.Runtime.CompilerServices;
using Grpc.Core;
using Microsoft.AspNetCore.Grpc.JsonTranscoding;
using Microsoft.Net.Http.Headers;
using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Receiving;

namespace TopicGrpc.Server.Http;

/// <summary>
/// Receives the request of a JSON call under the limits of all calls and checks it before the transcoder reads it, because the transcoder
/// has no size limit and ignores unknown fields and query parameters.
/// </summary>
internal sealed class JsonCallMiddleware(RequestDelegate next, CallMetrics metrics)
{
    private static readonly byte[] EmptyObject = "{}"u8.ToArray();

    private readonly ConditionalWeakTable<GrpcJsonTranscodingMetadata, JsonBinding> _bindings = [];

    public async Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<GrpcJsonTranscodingMetadata>() is not { } metadata)
        {
            await next(context);
            return;
        }

        JsonBinding binding = _bindings.GetValue(metadata, static rule => JsonBinding.Of(rule.MethodDescriptor, rule.HttpRule));
        try
        {
            byte[] body = await RequestBody.ReadAsync(context);
            JsonQueryCheck.Check(context.Request, binding);
            CheckBody(context.Request, body, binding);
        }
        catch (ServiceException fault)
        {
            metrics.Rejected(fault.Reason);
            await HttpErrors.WriteAsync(context, fault);
            return;
        }
        catch (RpcException ended)
        {
            // CallBody has counted and logged it.
            await HttpErrors.WriteAsync(context, ended);
            return;
        }

        await next(context);
    }

    private static void CheckBody(HttpRequest request, byte[] body, JsonBinding binding)
    {
        if (!binding.HasBody)
        {
            if (body.Length > 0)
            {
                throw Fault.InvalidField("body", "must be empty for this method");
            }

            return;
        }

        if (body.Length == 0)
        {
            // curl -X POST without data: a request without fields.
            request.ContentType = "application/json";
            request.Body = new MemoryStream(EmptyObject, writable: false);
            return;
        }

        if (!IsJson(request))
        {
            throw Fault.InvalidField("Content-Type", "must be application/json in UTF-8, without a Content-Encoding");
        }

        JsonBodyCheck.Check(body, binding.Method.InputType, binding.Method.Name, binding.PathFields);
        request.Body = new MemoryStream(body, writable: false);
    }

    private static bool IsJson(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out MediaTypeHeaderValue? type)
        && type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
        && (!type.Charset.HasValue || HeaderUtilities.RemoveQuotes(type.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase))
        && request.Headers.ContentEncoding.Count == 0;
}
