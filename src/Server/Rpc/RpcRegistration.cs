using System.IO.Compression;
using Grpc.AspNetCore.Server;
using Grpc.AspNetCore.Server.Model;
using Grpc.Net.Compression;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using TopicGrpc.Server.Hosting;
using TopicGrpc.Server.Http;
using TopicGrpc.Server.Receiving;

namespace TopicGrpc.Server.Rpc;

/// <summary>Registers and maps the services of the contract, health and reflection.</summary>
internal static class RpcRegistration
{
    public static IServiceCollection AddRpc(this IServiceCollection services)
    {
        IGrpcServerBuilder builder = services.AddGrpc(static grpc =>
        {
            grpc.Interceptors.Add<TelemetryInterceptor>();
            grpc.Interceptors.Add<ErrorInterceptor>();
            grpc.Interceptors.Add<AuditInterceptor>();
            grpc.Interceptors.Add<CallerInterceptor>();
            grpc.Interceptors.Add<DrainInterceptor>();
            grpc.Interceptors.Add<DeadlineInterceptor>();
            grpc.Interceptors.Add<StreamInterceptor>();
            grpc.Interceptors.Add<LimitsInterceptor>();
            grpc.Interceptors.Add<ResourceInterceptor>();
            grpc.Interceptors.Add<GenerationInterceptor>();
        });
        services.AddOptions<GrpcServiceOptions>().Configure<IOptions<ServerOptions>>(static (grpc, server) =>
        {
            grpc.MaxReceiveMessageSize = server.Value.MaxMessageBytes;
            grpc.MaxSendMessageSize = null;

            // Of answers only: CallBody decompresses requests.
            grpc.CompressionProviders =
            [
                new GzipCompressionProvider(CompressionLevel.Fastest),
                new DeflateCompressionProvider(CompressionLevel.Fastest),
            ];
        });
        services.AddSingleton<MessageParsing>();
        services.AddReflection();
        services.AddHealth();
        services.AddSingleton<CallRules>();
        services.AddSingleton<CallAudit>();
        services.AddSingleton<AuditInterceptor>();
        services.AddSingleton<OpenStreams>();
        services.AddSingleton<TelemetryInterceptor>();
        services.AddSingleton<ErrorInterceptor>();
        services.AddSingleton<CallerInterceptor>();
        services.AddSingleton<DrainInterceptor>();
        services.AddSingleton<DeadlineInterceptor>();
        services.AddSingleton<StreamInterceptor>();
        services.AddSingleton<LimitsInterceptor>();
        services.AddSingleton<ResourceInterceptor>();
        services.AddSingleton<GenerationInterceptor>();
        services.AddSingleton<CorpusRpc>();
        services.AddSingleton<FitRpc>();
        services.AddSingleton<KeyRpc>();
        services.AddSingleton<ModelRpc>();
        services.AddSingleton<PredictionRpc>();
        services.AddSingleton<TopicRpc>();
        services.AddSingleton<MapRpc>();
        services.AddSingleton<ServerRpc>();
        services.AddSingleton<MaintenanceRpc>();
        services.AddSingleton<ClusterRpc>();
        services.RemoveAll(typeof(IServiceMethodProvider<>));
        services.AddSingleton(typeof(IServiceMethodProvider<>), typeof(CheckedMethodProvider<>));
        AddJson(builder);
        return services;
    }

    public static void MapRpc(this WebApplication application)
    {
        application.UseResetCheck();
        application.UseHttp();
        application.UseReceiving();
        application.UseMiddleware<AccessMiddleware>();
        application.UseMiddleware<JsonCallMiddleware>();
        application.MapGrpcService<CorpusRpc>();
        application.MapGrpcService<FitRpc>();
        application.MapGrpcService<KeyRpc>();
        application.MapGrpcService<ModelRpc>();
        application.MapGrpcService<PredictionRpc>();
        application.MapGrpcService<TopicRpc>();
        application.MapGrpcService<MapRpc>();
        application.MapGrpcService<ServerRpc>();
        application.MapGrpcService<MaintenanceRpc>();
        application.MapGrpcService<ClusterRpc>();
        application.MapGrpcHealthChecksService();
        application.MapProbes();
        if (application.Services.GetRequiredService<IOptions<ServerOptions>>().Value.Reflection ?? application.Environment.IsDevelopment())
        {
            application.MapGrpcReflectionService();
        }
    }

    /// <summary>
    /// Binds the methods to the paths of the contract's HTTP rules, beside the binding of <see cref="CheckedMethodProvider{TService}"/>.
    /// </summary>
    private static void AddJson(IGrpcServerBuilder grpc) =>
        grpc.AddJsonTranscoding(static json =>
        {
            // JavaScript has no 64-bit integers.
            json.JsonSettings.WriteInt64sAsStrings = true;
            json.TypeRegistry = HttpErrors.Types;
        });
}
