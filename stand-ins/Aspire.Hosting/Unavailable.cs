// What the official packages have behind these interfaces is not in the stand-in: the properties of that type throw.

namespace Aspire.Hosting.Pipelines
{
    public interface IDistributedApplicationPipeline;
}

namespace Aspire.Hosting
{
    public interface IFileSystemService;

    public interface IUserSecretsManager;

    internal static class Unavailable
    {
        public static NotSupportedException Because(string what)
            => new($"{what} needs the official Aspire packages: build with -p:UseStandIns=false on a machine that has them.");
    }
}
