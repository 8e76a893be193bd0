using Microsoft.Extensions.DependencyInjection.Extensions;

namespace TopicGrpc.Server.Verification;

/// <summary>Registers the verification of stored data.</summary>
internal static class VerificationRegistration
{
    public static IServiceCollection AddVerification(this IServiceCollection services)
    {
        services.TryAddSingleton<VerificationStream>();
        return services;
    }
}
