using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Redis;

namespace Aspire.Hosting.Redis
{
    public class RedisInsightResource(string name) : ContainerResource(name);

    internal sealed record PersistenceAnnotation(TimeSpan Interval, long Changes) : IResourceAnnotation;
}

namespace Aspire.Hosting
{
    public static class RedisBuilderExtensions
    {
        private const string DataFolder = "/data";

        public static IResourceBuilder<RedisResource> AddRedis(this IDistributedApplicationBuilder builder, string name, int? port)
            => AddRedis(builder, name, port, password: null);

        public static IResourceBuilder<RedisResource> AddRedis(
            this IDistributedApplicationBuilder builder, string name, int? port = null, IResourceBuilder<ParameterResource>? password = null)
        {
            var secret = password?.Resource
                ?? ParameterResourceBuilderExtensions.CreateDefaultPasswordParameter(builder, $"{name}-password", special: false);
            var redis = new RedisResource(name, secret) { Entrypoint = "/bin/sh" };
            return builder.AddResource(redis)
                .WithAnnotation(new ContainerImageAnnotation { Registry = "docker.io", Image = "library/redis", Tag = "8.6" })
                .WithEndpoint(port: port, targetPort: 6379, scheme: "redis", name: "tcp")
                .WithEnvironment(context => context.EnvironmentVariables["REDIS_PASSWORD"] = secret)
                .WithArgs(context =>
                {
                    var command = "redis-server --requirepass $REDIS_PASSWORD";
                    if (redis.TryGetLastAnnotation<PersistenceAnnotation>(out var save))
                        command += string.Create(CultureInfo.InvariantCulture, $" --save {(long)save.Interval.TotalSeconds} {save.Changes}");
                    context.Args.Add("-c");
                    context.Args.Add(command);
                });
        }

        public static IResourceBuilder<RedisResource> WithDataVolume(
            this IResourceBuilder<RedisResource> builder, string? name = null, bool isReadOnly = false)
        {
            builder.WithVolume(name ?? VolumeNameGenerator.Generate(builder, "data"), DataFolder, isReadOnly);
            return isReadOnly ? builder : WithPersistence(builder);
        }

        public static IResourceBuilder<RedisInsightResource> WithDataVolume(this IResourceBuilder<RedisInsightResource> builder, string? name = null)
            => builder.WithVolume(name ?? VolumeNameGenerator.Generate(builder, "data"), DataFolder);

        public static IResourceBuilder<RedisResource> WithPersistence(
            this IResourceBuilder<RedisResource> builder, TimeSpan? interval = null, long keysChangedThreshold = 1)
            => builder.WithAnnotation(
                new PersistenceAnnotation(interval ?? TimeSpan.FromSeconds(60), keysChangedThreshold), ResourceAnnotationMutationBehavior.Replace);
    }
}
