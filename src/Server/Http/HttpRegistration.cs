using Grpc.Core;
using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.Extensions.Options;
using TopicGrpc.Server.Hosting;

namespace TopicGrpc.Server.Http;

/// <summary>Registers what JSON calls, gRPC-Web and the routes beside the contract need.</summary>
internal static class HttpRegistration
{
    /// <summary>Headers of gRPC-Web and of errors that a page of another origin may read.</summary>
    private static readonly string[] ExposedHeaders =
    [
        "Grpc-Status",
        "Grpc-Message",
        "Grpc-Encoding",
        "Grpc-Accept-Encoding",
        "grpc-status-details-bin",
        Shared.HeaderNames.RetryPushback,
        "Retry-After",
    ];

    public static IServiceCollection AddHttp(this IServiceCollection services)
    {
        services.AddCheckedOptions<HttpOptions, HttpOptionsValidator>(HttpOptions.SectionName);
        services.AddCors();
        services.AddOptions<CorsOptions>().Configure<IOptions<HttpOptions>>(static (cors, http) =>
            cors.AddDefaultPolicy(policy => policy
                .WithOrigins([.. http.Value.CorsOrigins])
                .WithMethods(HttpMethods.Get, HttpMethods.Post, HttpMethods.Delete)
                .AllowAnyHeader()
                .WithExposedHeaders(ExposedHeaders)
                .SetPreflightMaxAge(TimeSpan.FromHours(1))));
        services.AddSingleton<HttpRoute>();
        return services;
    }

    /// <summary>Adds CORS, if an origin is configured, and gRPC-Web. Both run before the body of a request is received.</summary>
    public static void UseHttp(this WebApplication application)
    {
        if (application.Services.GetRequiredService<IOptions<HttpOptions>>().Value.CorsOrigins.Count > 0)
        {
            application.UseCors();
        }

        application.UseGrpcWeb(new GrpcWebOptions { DefaultEnabled = true });
    }

    /// <summary>Answers requests to unknown paths in the form of all errors.</summary>
    public static void MapUnknown(this WebApplication application) =>
        application.MapFallback(static context => HttpErrors.WriteAsync(
            context,
            new RpcException(new Status(StatusCode.NotFound, "The server has no such path; /openapi.json lists the paths."))));
}
