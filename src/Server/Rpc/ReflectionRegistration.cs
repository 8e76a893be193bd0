using Google.Rpc;
using Grpc.Health.V1;
using Grpc.Reflection;
using TopicGrpc.Shared;
using ProtoService = Google.Protobuf.Reflection.ServiceDescriptor;
using ReflectionV1 = Grpc.Reflection.V1;
using ReflectionV1Alpha = Grpc.Reflection.V1Alpha;

namespace TopicGrpc.Server.Rpc;

/// <summary>
/// Reflection that also describes the messages in error details, so that a tool such as grpcurl shows reason and field as text.
/// </summary>
internal static class ReflectionRegistration
{
    private static readonly ProtoService[] Services =
    [
        .. ContractServices.All,
        Health.Descriptor,
        ReflectionV1.ServerReflection.Descriptor,
        ReflectionV1Alpha.ServerReflection.Descriptor,
    ];

    public static IServiceCollection AddReflection(this IServiceCollection services)
    {
        services.AddGrpcReflection();

        // The last registration wins: these replace those of the line above, which know only the files of the services.
        services.AddSingleton(static _ => new ReflectionServiceImpl(Names(), Symbols()));
        services.AddSingleton(static _ => new ReflectionV1ServiceImpl(Names(), Symbols()));
        return services;
    }

    private static IEnumerable<string> Names() => Services.Select(static service => service.FullName);

    private static SymbolRegistry Symbols() =>
        SymbolRegistry.FromFiles([.. Services.Select(static service => service.File), ErrorDetailsReflection.Descriptor]);
}
