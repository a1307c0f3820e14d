using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Benchmarks;

switch (args)
{
    // Processes of their own, which BenchmarkDotNet has no word for.
    case ["relay", ..]:
        return await RelayBenchmark.RunAsync(args[1..]);
    case ["peers"]:
        PeerComparison.Run(Environment.CurrentDirectory);
        break;
    case ["measure", var job]:
        PeerComparison.Measure(job);
        break;
    default:
        // In this process: the generated project of the default toolchain would not know of our stand-ins and central versions.
        BenchmarkSwitcher.FromAssembly(typeof(CodecBenchmarks).Assembly).Run(
            args is [] ? ["--filter", "*"] : args,
            DefaultConfig.Instance.AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance)));
        break;
}

return 0;
